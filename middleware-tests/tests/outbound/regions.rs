//! Amazon's own endpoints, as the SDK names them.

use aws_sdk_dynamodb::config::Region;
use tower_harden::dynamodb::DynamoGuard;

use crate::{
    guarded::{Guarded, config, id, shop},
    stub::Stub,
};

/// A region of each partition, its domain and that with IPv6.
const REGIONS: &[(&str, &str, &str)] = &[
    ("eu-west-1", "amazonaws.com", "api.aws"),
    ("us-gov-west-1", "amazonaws.com", "api.aws"),
    (
        "cn-north-1",
        "amazonaws.com.cn",
        "api.amazonwebservices.com.cn",
    ),
    ("eusc-de-east-1", "amazonaws.eu", "api.amazonwebservices.eu"),
    ("us-iso-east-1", "c2s.ic.gov", "api.aws.ic.gov"),
    ("us-isob-east-1", "sc2s.sgov.gov", "api.aws.scloud"),
    ("eu-isoe-west-1", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
    ("us-isof-south-1", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
];

#[tokio::test]
async fn calls_go_to_the_endpoint_of_their_region() {
    for (region, domain, dual) in REGIONS {
        for (fips, service) in [(false, "dynamodb"), (true, "dynamodb-fips")] {
            for (use_dual, domain) in [(false, domain), (true, dual)] {
                // In these regions both are one.
                let service = match (region.starts_with("us-gov-"), use_dual) {
                    (true, false) => "dynamodb",
                    _ => service,
                };
                let stub = Stub::default();
                let config = config(&stub)
                    .region(Region::new(*region))
                    .use_fips(fips)
                    .use_dual_stack(use_dual);
                let guarded = Guarded::of(&DynamoGuard::new(shop()), config, stub);
                let get = guarded.client.get_item().table_name("Orders");
                assert_eq!(
                    guarded.outcome(get.key("id", id()).send()).await,
                    "passed",
                    "{service} {region} {domain}"
                );
                assert_eq!(
                    guarded.sent()[0].uri,
                    format!("https://{service}.{region}.{domain}/")
                );
            }
        }
    }
}
