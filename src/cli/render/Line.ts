import type { Style, StyleName } from './Style.js';

/** A line in pieces, so that it can be cut to a width before it is coloured. */
export type Line = readonly Piece[];
export type Piece = string | { readonly text: string; readonly style: StyleName };

/** The line as text, cut to `columns` with an ellipsis: a line that wraps would spoil redrawing in place. */
export function formatLine(line: Line, style: Style, columns = Number.POSITIVE_INFINITY): string {
  let room = columns;
  let text = '';
  for (const piece of trimEnd(line)) {
    const plain = typeof piece === 'string' ? piece : piece.text;
    const cut = plain.length > room ? `${plain.slice(0, Math.max(0, room - 1))}…` : plain;
    text += typeof piece === 'string' ? cut : style[piece.style](cut);
    room -= cut.length;
    if (cut !== plain || room <= 0) break;
  }
  return text;
}

function trimEnd(line: Line): Line {
  const last = line.findLastIndex((piece) => (typeof piece === 'string' ? piece : piece.text).trim() !== '');
  return line.slice(0, last + 1).map((piece, index) => {
    if (index < last) return piece;
    return typeof piece === 'string' ? piece.trimEnd() : { ...piece, text: piece.text.trimEnd() };
  });
}
