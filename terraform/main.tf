locals {
  files = var.files == null ? "${path.module}/.." : var.files
  names = ["auditor.zip", "notifier.zip", "reconciler.zip", "trigger.zip", "eks-nlb-auditor.template.json"]

  # Other code is at another place: CloudFormation replaces the code of a function when its key changes.
  digest = substr(sha256(join("", [for name in local.names : filesha256("${local.files}/${name}")])), 0, 16)
  prefix = "${var.code_prefix}${local.digest}/"
  bucket = "https://${var.code_bucket}.s3.${data.aws_region.current.name}.${data.aws_partition.current.dns_suffix}"

  numbers = range(1, 6)
}

data "aws_region" "current" {}

data "aws_partition" "current" {}

resource "aws_s3_object" "file" {
  for_each = toset(local.names)

  bucket      = var.code_bucket
  key         = "${local.prefix}${each.value}"
  source      = "${local.files}/${each.value}"
  source_hash = filesha256("${local.files}/${each.value}")
}

resource "aws_cloudformation_stack" "auditor" {
  name         = var.name
  template_url = "${local.bucket}/${aws_s3_object.file["eks-nlb-auditor.template.json"].key}"
  capabilities = ["CAPABILITY_IAM"]
  tags         = var.tags

  parameters = merge(
    {
      VpcId              = var.vpc_id
      SubnetIds          = join(",", var.subnet_ids)
      SlackWebhookSecret = var.slack_webhook_secret
      Email              = var.email
      GrantOwnAccess     = tostring(var.grant_own_access)
      Triggers           = var.triggers
      CodeBucket         = var.code_bucket
      CodePrefix         = local.prefix
    },
    { for number in local.numbers : "Cluster${number}" => try(var.clusters[number - 1], "") },
    { for number in local.numbers : "ClusterSecurityGroup${number}" => try(var.cluster_security_group_ids[number - 1], "") },
  )

  depends_on = [aws_s3_object.file]
}
