#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "signing/certificates/certificate_path.h"
#include "signing/online/revocation_client.h"

namespace sohoa {

/// Proof that certificates were good when they were used; DER, without duplicates.
struct ValidationData {
  std::vector<std::string> certificates, ocspResponses, crls;
  void add(const ValidationData& other);
};

/// Collects the validation data of one signer: its path to an anchor, an OCSP response or CRL for
/// each certificate of the path except the anchor, and the same for delegated OCSP responders
/// without the nocheck extension. Causes: revocationUnavailable; certificateRevoked, naming the
/// certificate; pathMissing when the signer does not lead to an anchor.
Result<ValidationData> collectValidationData(const X509* signer,
                                             const std::vector<const X509*>& extra,
                                             const TrustAnchors::Store& anchors,
                                             RevocationClient& revocation, Time now,
                                             TrustPurpose purpose = TrustPurpose::signing);

}  // namespace sohoa
