const kubectl =
  /\bkubectl (?:--?\S+(?: (?!-)\S+)? )*?(?<verb>annotate|apply|autoscale|cordon|create|delete|drain|edit|expose|label|patch|replace|scale|set|taint|uncordon|rollout (?:restart|undo|pause|resume))\b/;
const aws =
  /\baws (?:--\S+ \S+ )*[a-z0-9-]+ (?!describe-|get-|list-|lookup-|wait |search-|start-query|batch-get-|filter-|simulate-)[a-z]/;
const others =
  /\b(?:helm .*\b(?:upgrade|install|uninstall|rollback)|eksctl (?!get )[a-z]+|kubectl argo rollouts (?:promote|undo|retry|set))\b/;

/** True for a command that changes a cluster or an account; false for one that only shows something. */
export const changesSomething = (command: string): boolean =>
  [kubectl, aws, others].some((pattern) => pattern.test(command));
