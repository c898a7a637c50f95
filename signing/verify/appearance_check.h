#pragma once

#include "pdf/changes/widget_appearance.h"
#include "signing/base/openssl_handles.h"
#include "signing/verify/verify.h"

namespace sohoa {

/// Fills in `report.appearance`: what the signature shows, whether that was signed, and whether the
/// name and time in its text contradict the certificate and the claimed time. Changes nothing else.
/// `signer` may be null.
void checkAppearance(AppearanceReader& reader, const SignatureField& field, const X509* signer,
                     SignatureReport& report);

}  // namespace sohoa
