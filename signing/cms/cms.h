#pragma once

// A CMS SignedData taken apart by hand, because the library's own verification
// accepts too much (several signers, mismatched algorithms, attributes that are not DER).

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

/// A parsed SignedData (RFC 5652, 5.1 and 5.3). Its views point into the bytes it was parsed from.
struct Cms {
  /// Versions and parameters have the one form that the standard prescribes. No signature covers
  /// these bytes, so no other form is accepted.
  bool regular = true;
  std::string contentType;             ///< eContentType, dotted
  std::optional<std::string> content;  ///< eContent
  std::vector<Certificate> certificates;
  std::vector<std::string_view> crls, ocspResponses;  ///< whole (RFC 5652, 10.2.1)
  std::size_t signerInfos = 0;                        ///< fields below are those of the first
  std::string_view issuer, serial;                    ///< DER; empty: key identifier
  std::optional<std::string> keyIdentifier;
  std::string digestAlgorithm;          ///< dotted
  std::string_view signatureAlgorithm;  ///< whole AlgorithmIdentifier
  std::string signatureOid;             ///< dotted
  bool hasSignedAttributes = false;
  bool signedAttributesDer = false;
  std::string signedAttributesSet;  ///< as SET OF: the bytes hashed and signed
  std::vector<CmsAttribute> signedAttributes, unsignedAttributes;
  std::string signature;
  bool rest = false;  ///< other bytes than zeros follow in /Contents; nothing reads them

  const CmsAttribute* signedAttribute(std::string_view oid) const;
};

/// Parses /Contents with its padding: one BER value, then zeros, or what a bigger buffer held
/// before. Throws Asn1Error.
Cms parseCms(std::string_view contents);

/// The digest method for a digest OID; nullptr for anything else, signature OIDs included.
const EVP_MD* digestMethod(const std::string& oid);

}  // namespace sohoa
