output "outputs" {
  description = "The outputs of the stack by name: TableName, ReportBucketName, TopicArn, EventBusArn, AuditorRoleArn, AuditorSecurityGroupId and others."
  value       = aws_cloudformation_stack.auditor.outputs
}

output "auditor_role_arn" {
  description = "Principal of the access entries of EKS clusters."
  value       = aws_cloudformation_stack.auditor.outputs["AuditorRoleArn"]
}

output "auditor_security_group_id" {
  description = "Source to admit where probes are dropped."
  value       = aws_cloudformation_stack.auditor.outputs["AuditorSecurityGroupId"]
}
