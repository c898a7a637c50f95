#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/record.h"
#include "core/result.h"
#include "pipeline/batch/batch.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// The folders of dossiers that are not filed, and the moves between them. The move is the last
/// step of every decision about a dossier: until then the scans stay in place, and a run after a
/// kill decides the same again.

/// A value keyed in by one of two persons, where the site requires two.
struct Keying {
  std::string person, value, reason;
  Time at{};
};

/// A request by a person to scan a page again.
struct RescanRequest {
  int page = 0;      ///< page of the dossier, from 1, as counted by pagesOf()
  std::string name;  ///< name of the page: pageName()
  std::string person, reason;
  Time at{};
};

/// A dossier waiting for a person: review/<code>/ with held.json, scans/ and readings/.
struct HeldDossier {
  std::string batch, folder, code;
  Time receivedAt{}, heldAt{};
  std::vector<ItemError> problems;
  IntakeItem item;  ///< as taken in
  /// cause codes that a person accepted in earlier rounds
  std::vector<std::string> acceptedBefore;
  std::optional<ReviewDecision> decision;              ///< accepted or keyed in, and not filed yet
  FieldMap keyed;                                      ///< fields keyed in, with person and reason
  std::map<std::string, std::vector<Keying>> keyings;  ///< values waiting for a second person
  std::vector<RescanRequest> rescans;                  ///< pages waiting for their new image
};

std::filesystem::path reviewFolder(const Site& site, const std::string& code);
/// Work files of a dossier of a batch: its readings and the PDF being made.
std::filesystem::path workFolder(const Site& site, const std::string& batch,
                                 const std::string& folder);

/// Moves scans and readings to review/<code>.
void moveToReview(const Site& site, const std::filesystem::path& scans, const HeldDossier& held);
/// Moves the folder (or stray file) to quarantine/<batch>/<folder>, with <folder>.reason.txt next
/// to it in Vietnamese and English. Names that would become too long are shortened.
void moveToQuarantine(const Site& site, const std::filesystem::path& scans,
                      const std::string& batch, const std::string& folder, const ItemError& why);
/// Moves the scans of a filed dossier to state/processed/<batch>/<folder>.
void moveToProcessed(const Site& site, const std::filesystem::path& scans, const std::string& batch,
                     const std::string& folder);
/// Closes a batch whose dossiers have all been moved: removes its folder from intake/ and frees its
/// name.
void closeBatch(const Site& site, const Batch& batch);

/// Removes a filed dossier's folder from review/; its scans were moved before.
void clearReview(const Site& site, const std::string& code);

/// Completes moves to and from review that a crash interrupted. Call once, before a run, when no
/// other run is active.
void finishMoves(const Site& site);
/// The same for one dossier that is taken over: true when its move to or from the review shelf was
/// under way and is finished now.
bool finishMoveToReview(const Site& site, const std::filesystem::path& work);
bool finishClearing(const Site& site, const std::string& code);

std::vector<HeldDossier> listHeld(const Site& site);
/// Returns nothing when no dossier of this code is held. Throws BatchError(diskError) on a damaged
/// held.json.
std::optional<HeldDossier> findHeld(const Site& site, const std::string& code);
/// Rewrites held.json with a person's decision.
void saveHeld(const Site& site, const HeldDossier& held);

}  // namespace sohoa
