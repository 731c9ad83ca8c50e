/** Marks up text for a terminal, or leaves it as it is. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

export type StyleName = keyof Style;

/** @param color whether the terminal shows colours */
export function makeStyle(color: boolean): Style {
  // https://en.wikipedia.org/wiki/ANSI_escape_code#Select_Graphic_Rendition_parameters
  const code = (on: number, off: number) => (text: string) => (color ? `\u001b[${on}m${text}\u001b[${off}m` : text);
  return {
    bold: code(1, 22),
    dim: code(2, 22),
    red: code(31, 39),
    green: code(32, 39),
    yellow: code(33, 39),
    cyan: code(36, 39),
  };
}
