#include "signing/base/digest_method.h"

#include <cstddef>

namespace sohoa {

const DigestRow& rowOf(SignatureDigest digest) {
  static constexpr DigestRow kRows[] = {
      {EVP_sha256, "2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2", 32},
      {EVP_sha384, "2.16.840.1.101.3.4.2.2", "1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3", 48},
      {EVP_sha512, "2.16.840.1.101.3.4.2.3", "1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4", 64},
  };
  return kRows[static_cast<std::size_t>(digest)];
}

const EVP_MD* methodOf(SignatureDigest digest) { return rowOf(digest).method(); }
const char* oidOf(SignatureDigest digest) { return rowOf(digest).oid; }

}  // namespace sohoa
