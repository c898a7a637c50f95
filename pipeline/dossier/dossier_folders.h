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

/// Where dossiers stand while they are not filed, and how they get there. A move is the last step
/// of whatever is decided about a dossier: until then the scans lie where they were, and a run that
/// was killed decides the same again.

/// A value that one of two persons keyed in, where the site asks for two.
struct Keying {
  std::string person, value, reason;
  Time at{};
};

/// A page that a person wants scanned again.
struct RescanRequest {
  int page = 0;      ///< of the dossier, from 1, as pagesOf() counts
  std::string name;  ///< what it is called: pageName()
  std::string person, reason;
  Time at{};
};

/// A dossier that waits for a person: review/<code>/ with held.json, scans/ and readings/.
struct HeldDossier {
  std::string batch, folder, code;
  Time receivedAt{}, heldAt{};
  std::vector<ItemError> problems;
  IntakeItem item;  ///< as it was taken in
  std::vector<std::string>
      acceptedBefore;                      ///< cause codes that a person let pass in earlier rounds
  std::optional<ReviewDecision> decision;  ///< accepted or keyed in, and not filed yet
  FieldMap keyed;                          ///< fields that a person keyed in, with who and why
  std::map<std::string, std::vector<Keying>> keyings;  ///< that wait for a second person
  std::vector<RescanRequest> rescans;                  ///< that wait for their new image
};

std::filesystem::path reviewFolder(const Site& site, const std::string& code);
/// Work files of a dossier of a batch: readings, the PDF being made.
std::filesystem::path workFolder(const Site& site, const std::string& batch,
                                 const std::string& folder);

/// Moves scans and readings to review/<code>.
void moveToReview(const Site& site, const std::filesystem::path& scans, const HeldDossier& held);
/// Moves the folder (or stray file) to quarantine/<batch>/<folder>, with <folder>.reason.txt beside
/// it in Vietnamese and English. Names too long for that are shortened.
void moveToQuarantine(const Site& site, const std::filesystem::path& scans,
                      const std::string& batch, const std::string& folder, const ItemError& why);
/// Moves the scans of a filed dossier to state/processed/<batch>/<folder>.
void moveToProcessed(const Site& site, const std::filesystem::path& scans, const std::string& batch,
                     const std::string& folder);
/// Ends a batch whose dossiers have all been moved: its folder leaves intake/, its name may be used
/// again.
void closeBatch(const Site& site, const Batch& batch);

/// Takes a filed dossier's folder off the review shelf; its scans have been moved before.
void clearReview(const Site& site, const std::string& code);

/// Finishes moves to and from review that a crash cut in two. Call once, before a run, when no
/// other run is under way.
void finishMoves(const Site& site);
/// The same for one dossier that is taken over: true when its move to or from the review shelf was
/// under way and is finished now.
bool finishMoveToReview(const Site& site, const std::filesystem::path& work);
bool finishClearing(const Site& site, const std::string& code);

std::vector<HeldDossier> listHeld(const Site& site);
/// Nothing when no dossier of this code is held. Throws BatchError(diskError) on a damaged
/// held.json.
std::optional<HeldDossier> findHeld(const Site& site, const std::string& code);
/// Writes held.json anew, for a decision.
void saveHeld(const Site& site, const HeldDossier& held);

}  // namespace sohoa
