#pragma once

// The revisions that follow a signature on its way to B-LTA (EN 319 142-1,
// 5.5). Each is an incremental update of its own.

#include "core/result.h"
#include "signing/pades/incremental_output.h"
#include "signing/pades/pades.h"

namespace sohoa {

/// For which signatures the validation data must be complete. Earlier signatures by other parties
/// may lead to authorities that this site does not know.
enum class WhoseData { newest, all };

/// Collects validation data, as of `now`, for every signature and timestamp inside and adds it to
/// the document security store. Writes no revision when the store has all of it already. Causes
/// revocationUnavailable, pathMissing, certificateRevoked, signatureNotVerified; throws
/// PdfSyntaxError.
Result<void> appendValidationData(IncrementalOutput& file, const SigningServices& services,
                                  Time now, WhoseData whose);

/// Adds a document timestamp over the whole file, in an invisible field of its own. Cause
/// timestampUnavailable; throws PdfSyntaxError.
Result<void> appendDocumentTimestamp(IncrementalOutput& file, const SigningServices& services);

}  // namespace sohoa
