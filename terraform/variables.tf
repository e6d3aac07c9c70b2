variable "name" {
  type        = string
  default     = "eks-nlb-auditor"
  description = "Name of the stack."
}

variable "vpc_id" {
  type        = string
  description = "The VPC to audit."
}

variable "subnet_ids" {
  type        = list(string)
  description = "Private subnets of the VPC that reach the AWS APIs by a NAT gateway or VPC endpoints."

  validation {
    condition     = length(var.subnet_ids) > 0
    error_message = "Give at least one subnet."
  }
}

variable "clusters" {
  type        = list(string)
  default     = []
  description = "Up to five clusters whose Kubernetes API the auditor may read; their authentication mode must include API."

  validation {
    condition     = length(var.clusters) <= 5
    error_message = "Give at most five clusters; grant_own_access covers all clusters of the VPC."
  }
}

variable "cluster_security_group_ids" {
  type        = list(string)
  default     = []
  description = "Up to five cluster security groups that get a rule for the auditor, for private endpoints."

  validation {
    condition     = length(var.cluster_security_group_ids) <= 5
    error_message = "Give at most five security groups."
  }
}

variable "grant_own_access" {
  type        = bool
  default     = false
  description = "Whether the auditor gives itself its access entry in clusters of the VPC that have none."
}

variable "triggers" {
  type        = string
  default     = "none"
  description = "What starts audits of single target groups between two runs: none, alarms, or alarms-and-changes."

  validation {
    condition     = contains(["none", "alarms", "alarms-and-changes"], var.triggers)
    error_message = "Give none, alarms or alarms-and-changes."
  }
}

variable "slack_webhook_secret" {
  type        = string
  default     = ""
  description = "Name of the secret of Secrets Manager that holds the URL of a Slack webhook."
}

variable "email" {
  type        = string
  default     = ""
  description = "Address that receives findings and alarms."
}

variable "code_bucket" {
  type        = string
  description = "Bucket in the Region of the provider that gets the code of the functions and the template."
}

variable "code_prefix" {
  type        = string
  default     = "eks-nlb-auditor/"
  description = "Where in the bucket, with a slash at its end."
}

variable "files" {
  type        = string
  default     = null
  description = "Folder with the other files of the release; by default the one that this module lies in."
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of every resource."
}
