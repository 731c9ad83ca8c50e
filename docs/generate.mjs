// Writes the pages of docs/ that follow from the code. Run it by `npm run docs`, after `npm run build`.
import { writeFileSync } from 'node:fs';
import { generatedPages } from '../dist/src/docs/generatedPages.js';

for (const [file, text] of Object.entries(generatedPages())) writeFileSync(new URL(file, import.meta.url), text);
