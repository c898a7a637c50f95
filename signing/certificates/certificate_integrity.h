#pragma once

#include <vector>

#include "signing/base/openssl_handles.h"

namespace sohoa {

/// Whether a certificate differs from what an authority issued. A certificate that a known issuer
/// signed never does. Any other does when another certificate has the same issuer and serial
/// number, or the same serial number, subject, validity and key; when its issuer is known; or when
/// it gives the identifier of a known issuer's key with another name.
/// No signature covers the certificates inside a CMS, so damage to one that no path needs would
/// otherwise go unnoticed. `known`: all certificates at hand, this one and the anchors included.
bool isDamaged(const X509* certificate, const std::vector<const X509*>& known);

}  // namespace sohoa
