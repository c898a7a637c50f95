#pragma once

#include <openssl/evp.h>

#include "signing/base/signature_level.h"

namespace sohoa {

/// OpenSSL's method for a digest, and the object identifiers (dotted) of the digest and of RSA and
/// ECDSA signatures with it.
struct DigestRow {
  const EVP_MD* (*method)();
  const char* oid;
  const char* withRsa;
  const char* withEcdsa;
  char saltLength;
};

const DigestRow& rowOf(SignatureDigest digest);
const EVP_MD* methodOf(SignatureDigest digest);
const char* oidOf(SignatureDigest digest);

}  // namespace sohoa
