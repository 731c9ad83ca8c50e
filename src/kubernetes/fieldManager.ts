/** The name under which server-side apply keeps Hangar's fields. */
export const fieldManager = 'hangar';
