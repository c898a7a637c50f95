#include "signing/keys/key_use.h"

#include <openssl/rsa.h>

#include "signing/base/asn1.h"
#include "signing/base/digest_method.h"
#include "signing/keys/key_material.h"

namespace sohoa {
namespace {

/// RSASSA-PSS-params (RFC 4055, 3.1) with every field present.
std::string pssParameters(const DigestRow& row) {
  const std::string digest = derSequence({derOid(row.oid), derValue(0x05, "")});
  const std::string mask = derSequence({derOid("1.2.840.113549.1.1.8"), digest});
  return derSequence({derValue(0xa0, digest), derValue(0xa1, mask),
                      derValue(0xa2, derValue(0x02, std::string_view(&row.saltLength, 1)))});
}

}  // namespace

std::string signatureAlgorithmDer(const SigningKey::Material& key, SignatureAlgorithm algorithm) {
  const DigestRow& row = rowOf(algorithm.digest);
  switch (EVP_PKEY_get_base_id(key.key.get())) {
    case EVP_PKEY_RSA:
      if (algorithm.pss) return derSequence({derOid("1.2.840.113549.1.1.10"), pssParameters(row)});
      return derSequence({derOid(row.withRsa), derValue(0x05, "")});
    case EVP_PKEY_EC:
      return derSequence({derOid(row.withEcdsa)});
    default:
      throw BatchError(Cause::certificateUsage, key.info.subject + ": unsupported kind of key");
  }
}

std::string signDigest(const SigningKey::Material& key, SignatureAlgorithm algorithm,
                       const std::string& digest) {
  if (key.outside) return key.outside->sign(digest, algorithm);
  const DigestRow& row = rowOf(algorithm.digest);
  const KeyContext context(EVP_PKEY_CTX_new(key.key.get(), nullptr));
  std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key.key.get()));
  std::string signature(size, '\0');
  bool ok = context && EVP_PKEY_sign_init(context.get()) == 1;
  if (ok && EVP_PKEY_get_base_id(key.key.get()) == EVP_PKEY_RSA) {
    ok = EVP_PKEY_CTX_set_rsa_padding(
             context.get(), algorithm.pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) == 1;
  }
  ok = ok && EVP_PKEY_CTX_set_signature_md(context.get(), row.method()) == 1;
  if (ok && algorithm.pss && EVP_PKEY_get_base_id(key.key.get()) == EVP_PKEY_RSA) {
    ok = EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), row.saltLength) == 1;
  }
  ok = ok && EVP_PKEY_sign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                           bytesOf(digest), digest.size()) == 1;
  if (!ok) throw BatchError(Cause::signingStopped, drainOpensslErrors());
  signature.resize(size);
  return signature;
}

std::string signMessage(const SigningKey::Material& key, SignatureAlgorithm algorithm,
                        std::string_view message) {
  return signDigest(key, algorithm, digestOf(methodOf(algorithm.digest), message));
}

}  // namespace sohoa
