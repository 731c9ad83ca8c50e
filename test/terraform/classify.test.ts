import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/errors/errorCodes.js';
import { classify, classifyDiagnostic, type TerraformFailure } from '../../src/terraform/classify.js';
import type { Diagnostic } from '../../src/terraform/events.js';
import { failureRules } from '../../src/terraform/failureRules.js';
import { failureMessages } from './failureMessages.js';

const diagnostic = (summary: string, more: Partial<Diagnostic> = {}): Diagnostic => ({
  severity: 'error',
  summary,
  detail: '',
  ...more,
});
const failure = (more: Partial<TerraformFailure>): TerraformFailure => ({
  command: 'apply',
  exitCode: 1,
  diagnostics: [],
  stderr: '',
  stopped: false,
  killed: false,
  secrets: [],
  ...more,
});

const throttled = diagnostic('creating a: api error Throttling: Rate exceeded', { address: 'module.step.a' });
const denied = diagnostic('creating b: api error AccessDenied: no', { address: 'module.step.b["x"]' });
const odd = diagnostic('something odd');
const unsaved = diagnostic('Failed to save state', { detail: 'Error saving state: connection refused' });

describe('the error table', () => {
  it.each(failureMessages)('$code $summary', ({ code, summary, detail }) => {
    expect(classifyDiagnostic(diagnostic(summary, { detail: detail ?? '' })).code).toBe(code);
  });

  it('has a real message for each of its codes', () => {
    const covered = new Set<string>(failureMessages.map(({ code }) => code));
    expect(failureRules.map(({ code }) => code).filter((code) => !covered.has(code))).toEqual([]);
  });

  it('tells for each code what the user does next, in one sentence', () => {
    for (const { next } of failureRules) expect(next).toMatch(/^[A-Z].*\.$/);
    expect(new Set(failureRules.map(({ code }) => code)).size).toBe(failureRules.length);
  });
});

describe('classify', () => {
  it('names the resource by its address within the step, or the place in the configuration', () => {
    expect(classify(failure({ diagnostics: [denied] })).resource).toBe('b["x"]');
    expect(
      classify(
        failure({ diagnostics: [diagnostic('Unsupported argument', { range: { filename: 'main.tf', line: 4 } })] }),
      ).resource,
    ).toBe('main.tf:4');
  });

  it('lets what no retry mends decide over what one may, and that over what nobody knows', () => {
    const error = classify(failure({ diagnostics: [odd, throttled, denied] }));
    expect(error.code).toBe('HGR-308');
    expect(error.retryable).toBe(false);
    expect(error.problems.map(({ message }) => message.slice(0, 7))).toEqual(['HGR-303', 'HGR-399']);
    expect(classify(failure({ diagnostics: [odd, throttled] })).code).toBe('HGR-303');
  });

  it('lets an unsaved state decide over everything, a stop too', () => {
    expect(classify(failure({ diagnostics: [denied, unsaved] })).code).toBe('HGR-316');
    expect(classify(failure({ diagnostics: [unsaved], stopped: true })).code).toBe('HGR-316');
  });

  it('tells a stop from the errors that the stop brings about', () => {
    const error = classify(failure({ diagnostics: [diagnostic('execution halted'), odd], stopped: true }));
    expect(error).toMatchObject({ code: 'HGR-312', message: 'terraform apply was stopped and has saved its state' });
    expect(classify(failure({ stopped: true, killed: true })).code).toBe('HGR-316');
  });

  it('reads standard error where there is nothing else, and crashes in any case', () => {
    const stderr =
      '╷\n│ Error: Error acquiring the state lock\n│ \n│ Error message: resource temporarily unavailable\n╵';
    const error = classify(failure({ stderr }));
    expect(error.code).toBe('HGR-302');
    expect(error.message).toBe('Error: Error acquiring the state lock Error message: resource temporarily unavailable');
    expect(classify(failure({ diagnostics: [odd], stderr: 'panic: boom' })).code).toBe('HGR-317');
    expect(classify(failure({ diagnostics: [odd], stderr: 'a warning' })).code).toBe('HGR-399');
  });

  it('says so when terraform gave no reason, or is not there', () => {
    expect(classify(failure({ exitCode: 137 }))).toMatchObject({
      code: 'HGR-399',
      message: 'terraform apply ended with exit code 137 and gave no reason',
    });
    expect(classify(failure({ exitCode: 127, stderr: 'terraform: not found' })).code).toBe('HGR-801');
  });

  it('keeps secrets and noise out', () => {
    const error = classify(
      failure({
        diagnostics: [
          diagnostic('creating x', {
            detail: `wrong key correct-horse-battery, password = "hunter2", AKIAABCDEFGHIJKLMNOP, https://me:pass@host/?X-Amz-Signature=abc123&x=1
Encoded authorization failure message: QXdPNaIegKKNwIX54FPm-_x`,
          }),
        ],
        secrets: ['correct-horse-battery'],
      }),
    );
    expect(error.message).toBe(
      'creating x: wrong key [redacted], password = [redacted], [access key], https://[redacted]@host/?X-Amz-Signature=[redacted]&x=1',
    );
  });

  it('bounds what it shows', () => {
    const error = classify(failure({ diagnostics: Array.from({ length: 50 }, () => diagnostic('x'.repeat(5_000))) }));
    expect(error.message).toHaveLength(900);
    expect(error.problems).toHaveLength(10);
  });

  it('gives only codes of the table', () => {
    for (const { code } of failureRules) expect(errorCodes).toHaveProperty(code);
  });
});
