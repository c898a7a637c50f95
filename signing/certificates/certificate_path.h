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
  std::vector<Certificate> certificates;  ///< owns the certificates of the sets
  Set signing, timestamping;
  std::vector<Certificate> intermediates;  ///< complete paths, anchor nothing
};

enum class TrustPurpose { signing, timestamping };

/// The path from a certificate to a site anchor. Its validity at the time asked is a separate fact;
/// revocation is checked elsewhere (revocation.h).
struct TrustFacts {
  bool pathFound = false;       ///< leads to an anchor; signatures and constraints are right
  bool withinValidity = false;  ///< every certificate of the path valid at the time asked
  bool weak = false;  ///< a certificate below the anchor signed with SHA-1, MD5 …, or a short key
  std::string subIndication;  ///< of EN 319 102-1, when there is no path
  std::vector<const char*> findings;
  /// From the certificate asked about to the anchor; only the anchor when it is one itself.
  std::vector<const X509*> path;

  /// Whether every certificate of the path is within its validity. The anchor at the end of a
  /// longer path is not checked: it is trusted as such (RFC 5280, 6.1: not part of the path).
  bool validAt(Time at) const;
  /// Whether `at` is before the validity of the certificate asked about.
  bool tooEarly(Time at) const;
};

/// Finds a path from `leaf` to an anchor for `purpose`. `extra` are certificates of the document:
/// they may complete the path but are never trusted. Tries several paths (cross-certificates), at
/// most 32, and cuts loops; checks each by RFC 5280, 6.1. Prefers a path that is valid at `at`.
TrustFacts followTrust(const X509* leaf, const std::vector<const X509*>& extra,
                       const TrustAnchors::Store& anchors, Time at,
                       TrustPurpose purpose = TrustPurpose::signing);

}  // namespace sohoa
