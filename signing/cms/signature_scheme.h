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

/// A signature algorithm as OpenSSL needs it.
struct SignatureScheme {
  int keyType = NID_undef;
  const EVP_MD* digest = nullptr;  ///< nullptr: the algorithm hashes itself (EdDSA)
  bool pss = false;
  PssParameters pssParameters;
};

/// Reads the signature algorithm of a SignerInfo with digest algorithm `digest`. Returns false when
/// it is unknown. Throws Asn1Error.
bool readSignatureScheme(const Cms& cms, const EVP_MD* digest, SignatureScheme& scheme);

/// Verifies the value over `digest`, or over `message` for algorithms that hash themselves.
bool verifySignatureValue(EVP_PKEY* key, const SignatureScheme& scheme, const std::string& digest,
                          std::string_view message, const std::string& signature);

/// Whether signatures with this digest or key are no longer accepted (ETSI TS 119 312).
bool isWeakDigest(const EVP_MD* method);
bool isWeakKey(const EVP_PKEY* key);
/// The same for the signature algorithm of a CRL or an OCSP response.
bool isWeakSignatureAlgorithm(const X509_ALGOR* algorithm);

}  // namespace sohoa
