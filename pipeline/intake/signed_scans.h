#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/batch/batch.h"
#include "pipeline/intake/stacks.h"
#include "pipeline/workers/worker_jobs.h"

namespace sohoa {

// A PDF that came in signed is either a document made and signed elsewhere, which is filed
// unchanged, or a scan signed by the person who scanned it, at once (TT 01/2023/TT-VPCP, Art 8).
// Such a scan is digitised like any other: its pages are read, and the agency's signature follows
// the person's in the same file.

/// The document field that names the person who signed the scan, and the source of that field.
inline constexpr std::string_view kScanSigner = "scan_signer", kFromSignature = "signature";

/// Whether a certificate subject (RFC 2253) is listed in `signers`. An entry is a whole subject or
/// a common name alone.
bool isScanSigner(const std::string& subject, const std::vector<std::string>& signers);

/// Why a signed PDF is filed as received: values of DossierRecord::notCountedReason.
namespace received {
inline constexpr std::string_view kAsReceived = "as_received";
inline constexpr std::string_view kNotScanned = "as_received.not_scanned";  ///< not only scans
inline constexpr std::string_view kSigner = "as_received.signer";  ///< signed by another office
inline constexpr std::string_view kSignature = "as_received.signature";  ///< does not hold
}  // namespace received

/// Decides at intake whether a signed file is a scan: all its pages are scanned images, all its
/// signatures are valid, and all their signers are in `signers`. `checked` is the result of its
/// check. Sets file.scanSigner, or sets file.receivedBecause and clears the pages.
void settleSignedScan(IntakeFile& file, const Result<CheckJob::Reply>& checked,
                      const std::vector<std::string>& signers);
/// Does the same for all signed files among the inspected ones, located at `paths`.
void settleSignedScans(std::vector<Result<IntakeFile>>& inspected,
                       const std::vector<std::filesystem::path>& paths, const IntakeTools& tools,
                       const std::vector<std::string>& signers);

/// Whether there is at least one signature and all are valid.
bool allHold(const CheckJob::Reply& checked);

}  // namespace sohoa
