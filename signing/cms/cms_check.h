#pragma once

#include <functional>
#include <string>
#include <vector>

#include "signing/cms/cms.h"

namespace sohoa {

/// What a CMS says about the bytes it stands for; facts, no verdict.
struct CmsFacts {
  bool malformed = false;  ///< breaks a rule of CMS that every honest signer keeps
  bool supported = true;   ///< false: algorithms this program cannot check
  bool digestMatches = false;
  bool signatureMatches = false;
  bool hasSigner = false;        ///< the signing certificate is there
  bool signerBound = false;      ///< signing-certificate attribute present and of this certificate
  bool signerMismatch = false;   ///< that attribute names another certificate
  bool weak = false;             ///< SHA-1, MD5, or a key that is too short
  const X509* signer = nullptr;  ///< owned by the Cms or the extra certificates
  std::vector<std::string> algorithms;
  std::vector<const char*> findings;  ///< message ids
};

enum class CmsUse {
  detached,    ///< PKCS7 or CAdES over the byte range
  sha1Inside,  ///< adbe.pkcs7.sha1: the content is the SHA-1 of the byte range
  timestamp,   ///< ETSI.RFC3161: the content is a TSTInfo with the imprint of the byte range
};

/// The certificate that the SignerInfo names, the one bound by a signing-certificate attribute
/// first; nullptr when it is neither inside nor among `extra`.
const X509* signerOf(const Cms& cms, const std::vector<Certificate>& extra);

/// `digestOfRange` hashes the signed byte range. `extra`: certificates found elsewhere in the file.
CmsFacts checkCms(const Cms& cms, CmsUse use,
                  const std::function<std::string(const EVP_MD*)>& digestOfRange,
                  const std::vector<Certificate>& extra);

}  // namespace sohoa
