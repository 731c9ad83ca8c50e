import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a terraform CLI configuration that takes the AWS provider from a filesystem mirror and the rest from where it is published. */
export async function writeTerraformConfig(dir: string, mirror: string): Promise<string> {
  const file = join(dir, 'terraform.rc');
  await writeFile(
    file,
    `disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}
`,
  );
  return file;
}
