#pragma once

// Private to signing/.

#include <string>
#include <vector>

#include "signing/openssl.h"
#include "signing/verify.h"

namespace sohoa {

struct TrustAnchors::Store {
  StoreHandle store;
  std::vector<Certificate> anchors;
};

/// The way from a certificate to an anchor of the site, judged at one time. No revocation.
struct TrustFacts {
  bool pathFound = false;       ///< leads to an anchor, signatures and constraints hold
  bool withinValidity = false;  ///< every certificate of the path valid at the time
  bool weak = false;  ///< a certificate of the path (not the anchor) signed with SHA-1 or MD5 …
  std::string subIndication;  ///< when no path: of EN 319 102-1
  std::vector<const char*> findings;
};

/// `extra` come from the document: help on the way, never trusted.
TrustFacts followTrust(const X509* leaf, const std::vector<const X509*>& extra,
                       const TrustAnchors::Store& anchors, Time at);

}  // namespace sohoa
