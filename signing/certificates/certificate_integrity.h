#pragma once

#include <vector>

#include "signing/base/openssl_handles.h"

namespace sohoa {

/// Whether a certificate cannot be what an authority issued: it has issuer and number of another
/// one, or all but the issuer; its issuer is known but did not sign it; or it names the issuer's
/// key under another name. No signature covers the certificates inside a CMS; of those that no path
/// needs, damage would go unnoticed. `known`: all at hand, this one and the anchors included.
bool isDamaged(const X509* certificate, const std::vector<const X509*>& known);

}  // namespace sohoa
