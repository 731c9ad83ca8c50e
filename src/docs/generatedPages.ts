import { jsonSchema } from '../spec/jsonSchema.js';
import { cliPage } from './cliPage.js';
import { deploymentFilePage } from './deploymentFilePage.js';
import { errorsPage } from './errorsPage.js';
import { exitCodesPage } from './exitCodesPage.js';
import { stepsPage } from './stepsPage.js';

/** The pages of docs/ that follow from the code, by file name. `npm run docs` writes them; a test holds them current. */
export function generatedPages(): Record<string, string> {
  return {
    'cli.md': cliPage(),
    'deployment-file.md': deploymentFilePage(),
    'deployment.schema.json': `${JSON.stringify(jsonSchema(), null, 2)}\n`,
    'errors.md': errorsPage(),
    'exit-codes.md': exitCodesPage(),
    'steps.md': stepsPage(),
  };
}
