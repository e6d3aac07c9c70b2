"""Creates a stack in moto from a template and prints, by resource type, how many resources are really there."""

import json
import sys

import boto3

template_path, url, region = sys.argv[1:]
keys = {"aws_access_key_id": "moto", "aws_secret_access_key": "moto"}


def client(service):
    return boto3.client(service, endpoint_url=url, region_name=region, **keys)


def has_policy(bucket):
    try:
        return bool(client("s3").get_bucket_policy(Bucket=bucket)["Policy"])
    except client("s3").exceptions.ClientError:
        return False


with open(template_path, encoding="utf-8") as file:
    template = json.load(file)
client("ssm").put_parameter(Name="/cdk-bootstrap/hnb659fds/version", Value="21", Type="String")
s3 = client("s3")
account = client("sts").get_caller_identity()["Account"]


def asset_bucket(code):
    """The name in the template, which leaves the account open where the configuration does."""
    return code["S3Bucket"] if isinstance(code["S3Bucket"], str) else f"cdk-hnb659fds-assets-{account}-{region}"


functions_to_be = [each for each in template["Resources"].values() if each["Type"] == "AWS::Lambda::Function"]
buckets = {asset_bucket(each["Properties"]["Code"]) for each in functions_to_be}
place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
for bucket in buckets:
    s3.create_bucket(Bucket=bucket, **place)
for resource in template["Resources"].values():
    properties = resource.get("Properties", {})
    match resource["Type"]:
        case "AWS::CloudWatch::Dashboard":
            # It names the alarms, which moto does not make.
            properties["DashboardBody"] = "{}"
        case "AWS::KMS::Key":
            # moto 5.2.1 fails with KeyError 'TagKey' on tags as CloudFormation has them.
            properties.pop("Tags", None)
        case "AWS::DynamoDB::GlobalTable":
            # moto has no global tables in CloudFormation: a table of one Region with the same keys stands in.
            resource["Type"] = "AWS::DynamoDB::Table"
            kept = ("AttributeDefinitions", "BillingMode", "KeySchema", "StreamSpecification", "TimeToLiveSpecification")
            resource["Properties"] = {name: properties[name] for name in kept}
        case "AWS::Events::Rule" if "resources" in properties.get("EventPattern", {}):
            # It names an alarm, which moto does not make.
            properties["EventPattern"]["resources"] = [f"arn:aws:cloudwatch:{region}:{account}:alarm:unhealthy"]
        case "AWS::EC2::VPCEndpoint":
            # The template names a network, whose ids nobody can choose: another one stands in.
            ec2 = client("ec2")
            vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
            properties["VpcId"] = vpc
            if "SubnetIds" in properties:
                subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
                properties["SubnetIds"] = [subnet]
            if "RouteTableIds" in properties:
                properties["RouteTableIds"] = [ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]]
        case "AWS::EC2::SecurityGroupIngress" if isinstance(properties["GroupId"], str):
            # The template names the security group of a cluster, whose id nobody can choose: another one stands in.
            group = client("ec2").create_security_group(GroupName="cluster", Description="cluster")
            properties["GroupId"] = group["GroupId"]
        case "AWS::Lambda::Function":
            code = properties["Code"]
            s3.put_object(Bucket=asset_bucket(code), Key=code["S3Key"], Body=b"PK\x05\x06" + b"\0" * 18)

# moto makes no function URL, so nothing can tell it.
urls = {name for name, each in template["Resources"].items() if each["Type"] == "AWS::Lambda::Url"}
template["Outputs"] = {
    name: output
    for name, output in template["Outputs"].items()
    if not isinstance(output["Value"], dict) or output["Value"].get("Fn::GetAtt", [None])[0] not in urls
}

cloudformation = client("cloudformation")
stack = cloudformation.create_stack(StackName="auditor", TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_IAM"])
described = cloudformation.describe_stacks(StackName=stack["StackId"])["Stacks"][0]

iam = client("iam")
roles = iam.list_roles()["Roles"]
aws_lambda = client("lambda")
functions = aws_lambda.list_functions()["Functions"]
sns = client("sns")
there = {
    "AWS::CloudWatch::Alarm": client("cloudwatch").describe_alarms()["MetricAlarms"],
    "AWS::CloudWatch::Dashboard": client("cloudwatch").list_dashboards()["DashboardEntries"],
    "AWS::DynamoDB::Table": client("dynamodb").list_tables()["TableNames"],
    "AWS::EC2::VPCEndpoint": client("ec2").describe_vpc_endpoints()["VpcEndpoints"],
    "AWS::Events::EventBus": [bus for bus in client("events").list_event_buses()["EventBuses"] if bus["Name"] != "default"],
    "AWS::Events::EventBusPolicy": [bus for bus in client("events").list_event_buses()["EventBuses"] if bus.get("Policy")],
    "AWS::Events::Rule": client("events").list_rules()["Rules"],
    "AWS::EC2::SecurityGroup": [
        group
        for group in client("ec2").describe_security_groups()["SecurityGroups"]
        if group["GroupName"] not in ("default", "cluster")
    ],
    "AWS::IAM::Policy": [
        policy for role in roles for policy in iam.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]
    ],
    "AWS::IAM::Role": roles,
    "AWS::KMS::Key": [key for key in client("kms").list_keys()["Keys"]],
    "AWS::Lambda::EventSourceMapping": aws_lambda.list_event_source_mappings()["EventSourceMappings"],
    "AWS::Lambda::Function": functions,
    "AWS::Logs::LogGroup": client("logs").describe_log_groups()["logGroups"],
    "AWS::S3::Bucket": [each for each in s3.list_buckets()["Buckets"] if each["Name"] not in buckets],
    "AWS::S3::BucketPolicy": [each for each in s3.list_buckets()["Buckets"] if has_policy(each["Name"])],
    "AWS::SNS::Subscription": sns.list_subscriptions()["Subscriptions"],
    "AWS::SNS::Topic": sns.list_topics()["Topics"],
    "AWS::SQS::Queue": client("sqs").list_queues().get("QueueUrls", []),
    "AWS::Scheduler::Schedule": client("scheduler").list_schedules()["Schedules"],
}
print(
    json.dumps(
        {
            "status": described["StackStatus"],
            "reason": described.get("StackStatusReason", ""),
            "outputs": sorted(output["OutputKey"] for output in described.get("Outputs", [])),
            "there": {name: len(found) for name, found in there.items()},
            "functions": [
                {
                    "runtime": function["Runtime"],
                    "memory": function["MemorySize"],
                    "timeout": function["Timeout"],
                    "role": function["Role"],
                    "settings": function["Environment"]["Variables"]["AUDITOR_SETTINGS"],
                }
                for function in functions
            ],
        }
    )
)
