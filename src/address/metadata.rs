//! Metadata services and other endpoints of the platforms that services run on.
//!
//! Nearly all of the addresses lie in ranges that are denied anyway; they are listed so that a
//! refusal can say what was asked for. Azure's WireServer and the names with public suffixes lie in
//! none.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::name::Names;

const fn v4(a: u8, b: u8, c: u8, d: u8) -> Ipv4Addr {
    Ipv4Addr::new(a, b, c, d)
}

const fn v6(s: [u16; 8]) -> Ipv6Addr {
    Ipv6Addr::new(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7])
}

/// "cloud-init" is its `cloudinit/sources`, read at commit 04eacd0.
const IPV4: &[Ipv4Addr] = &[
    // AWS, Azure, GCP, Oracle, OpenStack, Hetzner, DigitalOcean, Vultr, UpCloud, Exoscale, Akamai,
    // IBM, CloudCIX, NWCS (cloud-init; vendors' documentation)
    v4(169, 254, 169, 254),
    // AWS ECS task credentials (AWS, "Task IAM role")
    v4(169, 254, 170, 2),
    // AWS EKS Pod Identity (AWS, "EKS Pod Identity agent")
    v4(169, 254, 170, 23),
    // Azure WireServer (Microsoft, "What is IP address 168.63.129.16")
    v4(168, 63, 129, 16),
    // Oracle Cloud Classic
    v4(192, 0, 0, 192),
    // Alibaba Cloud (cloud-init)
    v4(100, 100, 100, 200),
    // Scaleway (cloud-init)
    v4(169, 254, 42, 42),
];

const IPV6: &[Ipv6Addr] = &[
    // AWS (cloud-init)
    v6([0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254]),
    // AWS EKS Pod Identity (AWS, "EKS Pod Identity agent")
    v6([0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23]),
    // GCP, as block lists have it
    v6([0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254]),
    // Oracle (cloud-init)
    v6([0xfd00, 0xc1, 0, 0, 0, 0, 0xa9fe, 0xa9fe]),
    // OpenStack, Hetzner (cloud-init)
    v6([0xfe80, 0, 0, 0, 0, 0, 0xa9fe, 0xa9fe]),
    // Akamai (cloud-init)
    v6([0xfd00, 0xa9fe, 0xa9fe, 0, 0, 0, 0, 1]),
    // Scaleway (cloud-init)
    v6([0xfd00, 0x42, 0, 0, 0, 0, 0, 0x42]),
];

/// Host names in lower case, without a trailing dot.
pub(super) const NAMES: Names = Names::new(&[
    "metadata.google.internal",             // GCP (cloud-init)
    "metadata.goog",                        // GCP, as block lists have it
    "metadata",                             // GCP, through the search domain
    "instance-data",                        // AWS EC2-Classic
    "instance-data.ec2.internal",           // AWS, the same through the search domain
    "metadata.tencentyun.com",              // Tencent
    "metadata.packet.net",                  // Equinix Metal
    "metadata.platformequinix.com",         // Equinix Metal
    "api.metadata.cloud.ibm.com",           // IBM VPC
    "rancher-metadata",                     // Rancher 1.x
    "kubernetes",                           // Kubernetes API server
    "kubernetes.default",                   // the same
    "kubernetes.default.svc",               // the same
    "kubernetes.default.svc.cluster.local", // the same
    "host.docker.internal",                 // Docker
    "gateway.docker.internal",              // Docker
    "kubernetes.docker.internal",           // Docker
    "host.containers.internal",             // Podman
]);

pub(super) fn is_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => IPV4.contains(&address),
        IpAddr::V6(address) => IPV6.contains(&address),
    }
}
