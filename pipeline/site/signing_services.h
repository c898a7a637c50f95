#pragma once

#include <memory>

#include "pipeline/site/site.h"
#include "signing/online/revocation_client.h"
#include "signing/online/timestamp_client.h"
#include "signing/pades/key_check.h"
#include "signing/pades/pades.h"
#include "signing/verify/verify.h"

namespace sohoa {

/// The timestamp authorities, revocation servers and trust anchors configured in sohoa.toml.
/// Signing with them is for one thread at a time.
class SiteServices {
 public:
  /// Throws BatchError(siteConfig | keyMissing).
  explicit SiteServices(const Site& site);
  SigningServices get() const { return {timestamps_.get(), revocation_.get(), anchors_.get()}; }

 private:
  std::unique_ptr<TrustAnchors> anchors_;
  std::unique_ptr<TimestampClient> timestamps_;  ///< null: none is configured
  std::unique_ptr<RevocationClient> revocation_;
};

/// Reads a file that holds one secret, without the line end. "credential:NAME" names a credential
/// passed by systemd (systemd.exec(5), LoadCredential). Throws BatchError(keyMissing).
std::string readSecret(const Site& site, const std::string& place);

}  // namespace sohoa
