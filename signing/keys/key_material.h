#pragma once

#include <memory>
#include <string>
#include <vector>

#include "signing/base/openssl_handles.h"
#include "signing/keys/digest_signer.h"
#include "signing/keys/key.h"

namespace sohoa {

struct SigningKey::Material {
  KeyHandle key;                          ///< private key; only the public one if `outside`
  std::shared_ptr<DigestSigner> outside;  ///< signs instead; null for a key from a file
  Certificate certificate;
  CertificateInfo info;
  std::string der;                         ///< of the certificate
  std::vector<std::string> intermediates;  ///< DER, without a root
};

}  // namespace sohoa
