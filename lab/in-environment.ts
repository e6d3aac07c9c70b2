/**
 * Does it with these variables in the environment of this process, and puts back what was there. Others hold on to `process.env`, so that it
 * stays the same object.
 */
export async function inEnvironment<Result>(
  variables: Record<string, string>,
  act: () => Promise<Result>,
): Promise<Result> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await act();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
