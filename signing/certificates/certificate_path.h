#pragma once

#include <string>
#include <vector>

#include "signing/base/openssl_handles.h"
#include "signing/certificates/trust_anchors.h"

namespace sohoa {

struct TrustAnchors::Store {
  struct Set {
    StoreHandle store;
    std::vector<const X509*> anchors;
  };
  std::vector<Certificate> certificates;  ///< owns what the sets name
  Set signing, timestamping;
};

enum class TrustPurpose { signing, timestamping };

/// The way from a certificate to an anchor of the site. Time and revocation are judged apart.
struct TrustFacts {
  bool pathFound = false;       ///< leads to an anchor, signatures and constraints hold
  bool withinValidity = false;  ///< every certificate of the path valid at the time asked
  bool weak = false;  ///< a certificate of the path (not the anchor) signed with SHA-1 or MD5 …
  std::string subIndication;  ///< when no path: of EN 319 102-1
  std::vector<const char*> findings;
  /// From the certificate asked about to the anchor; the anchor alone when it is one itself.
  std::vector<const X509*> path;

  /// Every certificate of the path is within its validity; an anchor above others is trusted for
  /// itself (RFC 5280, 6.1: it is no part of the path).
  bool validAt(Time at) const;
  /// The certificate asked about is not valid yet.
  bool tooEarly(Time at) const;
};

/// `extra` come from the document: help on the way, never trusted. Several ways are tried
/// (cross-certificates), a bounded number of them; loops end. RFC 5280, 6.1 on each.
TrustFacts followTrust(const X509* leaf, const std::vector<const X509*>& extra,
                       const TrustAnchors::Store& anchors, Time at,
                       TrustPurpose purpose = TrustPurpose::signing);

}  // namespace sohoa
