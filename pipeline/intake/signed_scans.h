#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/batch/batch.h"
#include "pipeline/intake/stacks.h"
#include "pipeline/workers/worker_jobs.h"

namespace sohoa {

// A PDF that came in signed is one of two things: a document that somebody else made and signed,
// which is filed as it is, or a scan that the person who scanned it signed then and there
// (TT 01/2023/TT-VPCP, Art 8). The second is digitised like other scans: it is read, and the
// agency's signature follows the person's in the same file.

/// The field of a document that says who signed it when it was scanned, and the source it has.
inline constexpr std::string_view kScanSigner = "scan_signer", kFromSignature = "signature";

/// Whether a certificate's subject (RFC 2253) is one of those that scan: an entry is the whole
/// subject, or its common name alone.
bool isScanSigner(const std::string& subject, const std::vector<std::string>& signers);

/// Why a signed PDF is filed as received: DossierRecord::notCountedReason.
namespace received {
inline constexpr std::string_view kAsReceived = "as_received";
inline constexpr std::string_view kNotScanned = "as_received.not_scanned";  ///< not only scans
inline constexpr std::string_view kSigner = "as_received.signer";  ///< signed by another office
inline constexpr std::string_view kSignature = "as_received.signature";  ///< does not hold
}  // namespace received

/// Settles at intake which of the two a signed file is: a scan when all its pages are scanned
/// images, all its signatures hold and all their signers are in `signers`. `checked` is what its
/// check said. Sets file.scanSigner, or file.receivedBecause and no pages.
void settleSignedScan(IntakeFile& file, const Result<CheckJob::Reply>& checked,
                      const std::vector<std::string>& signers);
/// The same for all signed files among those that were inspected, which lie at `paths`.
void settleSignedScans(std::vector<Result<IntakeFile>>& inspected,
                       const std::vector<std::filesystem::path>& paths, const IntakeTools& tools,
                       const std::vector<std::string>& signers);

/// Whether there are signatures, and every one of them holds.
bool allHold(const CheckJob::Reply& checked);

}  // namespace sohoa
