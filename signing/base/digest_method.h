#pragma once

#include <openssl/evp.h>

#include "signing/base/signature_level.h"

namespace sohoa {

/// How OpenSSL and the standards call a digest and the signatures over it; object identifiers in
/// dotted form.
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
