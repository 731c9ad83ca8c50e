/** The entry of the workflow bundle: every workflow type, under its name. */
export { CreateFlyte } from './CreateFlyte.js';
export { DestroyFlyte } from './DestroyFlyte.js';
export { PlanFlyte } from './PlanFlyte.js';
