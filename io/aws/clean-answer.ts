import { cleaner } from '../../core/redaction/clean.ts';

/** Names, ids and tokens of pages, as EC2 and Elastic Load Balancing write them, and those of EKS. */
const identity =
  /^(?:[A-Z]\w*(?:Id|Ids|Arn|Arns|Name|Token|Marker)|Marker|nextToken|name|arn|id|data|endpoint|issuer)$/;

/** An answer of AWS as it may be kept: `data` is the certificate of an EKS cluster, all the rest may hold sentences. */
export const cleanAnswer = cleaner({ isIdentity: (field) => identity.test(field) });
