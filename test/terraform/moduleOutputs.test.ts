import { describe, expect, it } from 'vitest';
import { parseOutputs } from '../../src/terraform/moduleOutputs.js';

describe('parseOutputs', () => {
  it('finds outputs, and which are sensitive', () => {
    expect(
      parseOutputs(`
output "plain" {
  description = "sensitive = true is only said here"
  value       = { a = 1 }
}

output "secret" {
  value     = random_password.this.result
  sensitive = true

  precondition {
    condition = true
  }
}

output "short" { value = 1 }

# output "commented" {
variable "output" {
  default = "no"
}
`),
    ).toEqual([
      { name: 'plain', sensitive: false },
      { name: 'secret', sensitive: true },
      { name: 'short', sensitive: false },
    ]);
  });
});
