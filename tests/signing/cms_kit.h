#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/signing/test_pki.h"

namespace sohoa::test {

/// A SignedData put together freely, also as no honest signer would.
struct CmsWish {
  const EVP_MD* digest = EVP_sha256();
  bool pss = false;
  std::string contentType = "1.2.840.113549.1.7.1";
  std::optional<std::string> content;  ///< encapsulated; what is signed then
  bool signedAttributes = true;
  int signingCertificate = 2;  ///< version of the attribute; 0: none
  std::vector<std::string> extraAttributes, unsignedAttributes;  ///< DER, whole
  std::vector<const Identity*> certificates;                     ///< besides the signer's
  std::vector<std::string> crls;
  int signerInfos = 1;
  bool indefinite = false;  ///< BER: the outer length is open
};
/// `message`: what is signed from outside.
std::string buildCms(const Identity& signer, const std::string& message, const CmsWish& wish = {});

/// A timestamp token over these bytes.
std::string buildTimestamp(const Identity& tsa, const std::string& data, Time at,
                           const std::vector<const Identity*>& certificates = {});
/// The unsigned attribute that holds a token.
std::string timestampAttribute(const std::string& token);
/// The signature value inside a CMS.
std::string signatureValueOf(const std::string& cms);

}  // namespace sohoa::test
