#pragma once

#include <functional>
#include <string>
#include <vector>

#include "signing/cms/cms.h"

namespace sohoa {

/// Facts about a CMS and the bytes it signs; no verdict.
struct CmsFacts {
  bool malformed = false;  ///< breaks a CMS rule that every honest signer keeps
  bool supported = true;   ///< false: algorithms that this program cannot check
  bool digestMatches = false;
  bool signatureMatches = false;
  bool hasSigner = false;        ///< the signing certificate was found
  bool signerBound = false;      ///< a signing-certificate attribute names this certificate
  bool signerMismatch = false;   ///< the attribute names another certificate
  bool weak = false;             ///< SHA-1, MD5, or a key too short
  const X509* signer = nullptr;  ///< owned by the Cms or the extra certificates
  std::vector<std::string> algorithms;
  std::vector<const char*> findings;  ///< message ids
};

enum class CmsUse {
  detached,    ///< PKCS7 or CAdES over the byte range
  sha1Inside,  ///< adbe.pkcs7.sha1: the content is the SHA-1 of the byte range
  timestamp,   ///< ETSI.RFC3161: the content is a TSTInfo with the imprint of the byte range
};

/// Finds the certificate that the SignerInfo names, preferring one that the signing-certificate
/// attribute names; nullptr when it is neither inside nor among `extra`.
const X509* signerOf(const Cms& cms, const std::vector<Certificate>& extra);

/// Checks digest, attributes and value. `digestOfRange` hashes the signed byte range; `extra`:
/// certificates found elsewhere in the file. Throws Asn1Error.
CmsFacts checkCms(const Cms& cms, CmsUse use,
                  const std::function<std::string(const EVP_MD*)>& digestOfRange,
                  const std::vector<Certificate>& extra);

}  // namespace sohoa
