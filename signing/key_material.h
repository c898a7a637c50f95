#pragma once

// Private to signing/.

#include <string>
#include <vector>

#include "signing/key.h"
#include "signing/openssl.h"

namespace sohoa {

struct SigningKey::Material {
  KeyHandle key;
  Certificate certificate;
  CertificateInfo info;
  std::string der;                         ///< of the certificate
  std::vector<std::string> intermediates;  ///< DER, without a root
};

}  // namespace sohoa
