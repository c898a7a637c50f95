#pragma once

// The revisions that follow a signature on its way to B-LTA (EN 319 142-1, 5.5). Each is an
// incremental update of its own.

#include "core/result.h"
#include "signing/pades/incremental_output.h"
#include "signing/pades/pades.h"

namespace sohoa {

/// Whose validation data must be complete. What others signed before may lead to authorities that
/// this site does not know.
enum class WhoseData { newest, all };

/// Validation data for every signature and timestamp inside, as of now, into the security store.
/// Without anything new no revision is written. Causes revocationUnavailable, pathMissing,
/// certificateRevoked; throws PdfSyntaxError.
Result<void> appendValidationData(IncrementalOutput& file, const SigningServices& services,
                                  Time now, WhoseData whose);

/// A document timestamp over the whole file, in an invisible field of its own.
/// Cause timestampUnavailable; throws PdfSyntaxError.
Result<void> appendDocumentTimestamp(IncrementalOutput& file, const SigningServices& services);

}  // namespace sohoa
