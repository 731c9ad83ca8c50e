import { describe, expect, it } from 'vitest';
import { renderError } from '../../../src/cli/render/renderError.js';
import { makeStyle } from '../../../src/cli/render/Style.js';

const style = makeStyle(false);

describe('renderError', () => {
  it('tells code, message, place and the next step', () => {
    const error = {
      code: 'HGR-306',
      message: 'The quota of DB clusters is exhausted',
      step: 'database',
      resource: 'aws_rds_cluster.this',
      next: 'Ask AWS for a higher quota.',
    } as const;
    expect(renderError(error, style)).toEqual([
      'error HGR-306 The quota of DB clusters is exhausted',
      '  at step database, aws_rds_cluster.this',
      '  next Ask AWS for a higher quota.',
    ]);
  });

  it('lists every problem with file, line, column and the nearest word', () => {
    const error = {
      code: 'HGR-102' as const,
      message: 'The deployment file has 2 mistakes',
      problems: [
        { message: 'is not a known key', path: 'siez', line: 6, column: 1, suggestion: 'size' },
        { message: 'something without a place' },
      ],
    };
    expect(renderError(error, style, 'research.yaml')).toEqual([
      'error HGR-102 The deployment file has 2 mistakes',
      '  research.yaml:6:1  siez: is not a known key (did you mean size?)',
      '  something without a place',
    ]);
  });
});
