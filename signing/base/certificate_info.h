#pragma once

#include <string>

#include "core/clock.h"

namespace sohoa {

struct CertificateInfo {
  std::string subject, issuer;  ///< RFC 2253, UTF-8
  std::string commonName;       ///< CN of the subject
  std::string organisation;     ///< O of the subject; may be empty
  std::string serial;           ///< hexadecimal
  Time notBefore{}, notAfter{};
};

}  // namespace sohoa
