#pragma once

#include <string>
#include <string_view>

#include "signing/cms/cms.h"

namespace sohoa {

struct PssParameters {
  const EVP_MD* digest = nullptr;
  const EVP_MD* maskDigest = nullptr;
  int saltLength = 20;
};

/// A signature algorithm resolved to what the library needs.
struct SignatureScheme {
  int keyType = NID_undef;
  const EVP_MD* digest = nullptr;  ///< nullptr: the algorithm hashes itself (EdDSA)
  bool pss = false;
  PssParameters pssParameters;
};

/// Reads the signature algorithm of a SignerInfo whose digest algorithm is `digest`. False when it
/// is unknown. Throws Asn1Error.
bool readSignatureScheme(const Cms& cms, const EVP_MD* digest, SignatureScheme& scheme);

/// Verifies the value over a digest, or over the message for schemes that hash themselves.
bool verifySignatureValue(EVP_PKEY* key, const SignatureScheme& scheme, const std::string& digest,
                          std::string_view message, const std::string& signature);

/// Whether a signature under this digest or key is not accepted any more (ETSI TS 119 312).
bool isWeakDigest(const EVP_MD* method);
bool isWeakKey(const EVP_PKEY* key);
/// Of certificates, lists and responses.
bool isWeakSignatureAlgorithm(const X509_ALGOR* algorithm);

}  // namespace sohoa
