/** A resource's address within its step: the root module around it is Hangar's own and tells a reader nothing. */
export function stepAddress(address: string): string {
  return address.replace(/^module\.step\./, '');
}
