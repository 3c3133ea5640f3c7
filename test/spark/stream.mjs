export async function tryStream() {}
