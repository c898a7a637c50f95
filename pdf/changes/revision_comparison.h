#pragma once

#include "pdf/changes/object_roles.h"
#include "pdf/changes/page_picture.h"
#include "pdf/changes/revision_changes.h"
#include "pdf/structure/signing_permissions.h"

namespace sohoa {

/// What section `newer` did to the revision before it, under `permissions` of the signatures that
/// were there. `replacing`: filled fields may be filled again. `renderer` (may be null) draws the
/// pages that new and changed widgets are shown on. Throws PdfSyntaxError.
RevisionChanges compareStep(const PdfRevisions& file, std::size_t newer,
                            const SigningPermissions& permissions, bool replacing,
                            std::size_t& budget, PageRenderer* renderer);

}  // namespace sohoa
