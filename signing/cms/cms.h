#pragma once

// A CMS SignedData taken apart by hand, because the library's own verification accepts too much
// (several signers, mismatched algorithms, attributes that are not DER).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signing/base/openssl_handles.h"

namespace sohoa {

struct CmsAttribute {
  std::string oid;                       ///< dotted
  std::vector<std::string_view> values;  ///< each with its header
};

/// RFC 5652, 5.1 and 5.3. Views point into the bytes it was parsed from.
struct Cms {
  /// Versions and parameters are what the standard prescribes. No signature covers these bytes, so
  /// only one form of them is accepted.
  bool regular = true;
  std::string contentType;             ///< eContentType, dotted
  std::optional<std::string> content;  ///< eContent
  std::vector<Certificate> certificates;
  std::vector<std::string_view> crls, ocspResponses;  ///< revocation info, whole (5.1, 10.2.1)
  std::size_t signerInfos = 0;                        ///< the rest is of the first
  std::string_view issuer, serial;                    ///< DER; empty when named by key identifier
  std::optional<std::string> keyIdentifier;
  std::string digestAlgorithm;          ///< dotted
  std::string_view signatureAlgorithm;  ///< whole AlgorithmIdentifier
  std::string signatureOid;             ///< dotted
  bool hasSignedAttributes = false;
  bool signedAttributesDer = false;
  std::string signedAttributesSet;  ///< as SET OF: what is hashed and signed
  std::vector<CmsAttribute> signedAttributes, unsignedAttributes;
  std::string signature;

  const CmsAttribute* signedAttribute(std::string_view oid) const;
};

/// `contents` is /Contents with its padding: one BER value, then zeros only. Throws Asn1Error.
Cms parseCms(std::string_view contents);

/// The digest method of a plain digest OID; nullptr for anything else, signature OIDs included.
const EVP_MD* digestMethod(const std::string& oid);

}  // namespace sohoa
