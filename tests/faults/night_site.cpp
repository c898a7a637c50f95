#include "tests/faults/night_site.h"

#include <fmt/core.h>

#include <stdexcept>

#include "core/cause.h"
#include "core/digest.h"

namespace sohoa::test {
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr int kRegistered = 40;

std::string registerCsv() {
  std::string csv =
      "dossier_code,procedure_code,procedure_name,unit,received_on,resolved_on,medium,applicant\n";
  for (int n = 1; n <= kRegistered; ++n) {
    csv += fmt::format(
        "{},1.004223,\"Cấp giấy phép khai thác, sử dụng nước dưới đất\",Phòng Tài nguyên nước,"
        "2021-09-01,2021-09-20,paper,Nguyễn Văn An\n",
        dossierCode(n));
  }
  return csv;
}

void require(const CommandResult& result) {
  if (!result.ok()) throw std::runtime_error(result.describe());
}

}  // namespace

std::string dossierCode(int n) { return fmt::format("000.00.12.H46-210901-{:04}", n); }

const json& NightOutput::event(const std::string& name) const {
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (line->value("event", "") == name) return *line;
  }
  throw std::out_of_range("no event " + name + " in\n" + describe());
}

const json* NightOutput::decided(const std::string& folder) const {
  for (const json& line : lines) {
    if (line.value("event", "") == "decided" && line.at("folder") == folder) return &line;
  }
  return nullptr;
}

std::string NightOutput::outcome(const std::string& folder) const {
  const json* line = decided(folder);
  return line ? line->at("outcome").get<std::string>() : "undecided\n" + describe();
}

std::string NightOutput::cause(const std::string& folder) const {
  const json* line = decided(folder);
  return line ? line->at("cause").get<std::string>() : "undecided\n" + describe();
}

std::string NightOutput::stoppedBy() const {
  for (const json& line : lines) {
    if (line.value("event", "") == "stopped") return line.at("cause").get<std::string>();
  }
  return "";
}

NightSite::NightSite(const Options& options)
    : path_((options.folder.empty() ? temporary_.path() : options.folder) / options.name) {
  if (!options.copyOf.empty()) {
    fs::copy(options.copyOf, path_, fs::copy_options::recursive);
    return;
  }
  require(runCommand({program().string(), "init", path_.string(), "--demo"}));
  if (!options.withRegister) return;
  const fs::path csv = temporary_ / "register.csv";
  spill(csv, registerCsv());
  require(sohoa({"register", "import", csv.string()}));
}

fs::path NightSite::program() { return SOHOA_PROGRAM; }

void NightSite::put(const std::string& batch, const std::string& folder, const std::string& name,
                    const std::string& bytes) const {
  spill(intake(batch) / folder / name, bytes);
}

void NightSite::close(const std::string& batch) const { spill(intake(batch) / ".done", ""); }

void NightSite::configure(const std::string& key, const std::string& value) const {
  std::string text = slurp(path_ / "sohoa.toml");
  const std::size_t start = text.find("\n" + key + " =");
  if (start == std::string::npos) throw std::runtime_error("no " + key + " in sohoa.toml");
  text.replace(start + 1, text.find('\n', start + 1) - start - 1, key + " = " + value);
  spill(path_ / "sohoa.toml", text);
}

std::vector<std::string> NightSite::command(std::vector<std::string> arguments) const {
  std::vector<std::string> all = {program().string(), "--site", path_.string()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

CommandResult NightSite::sohoa(std::vector<std::string> arguments,
                               const CommandOptions& options) const {
  return runCommand(command(std::move(arguments)), options);
}

NightOutput NightSite::run(std::vector<std::string> arguments,
                           const CommandOptions& options) const {
  arguments.insert(arguments.begin(), {"--json", "run"});
  return nightOutput(sohoa(std::move(arguments), options));
}

std::string NightSite::auditFailure() const {
  const CommandResult audit = sohoa({"audit", "--full", "--lang", "en"});
  const bool holds = audit.ok() && audit.out.find("Everything holds.") != std::string::npos;
  return holds ? "" : audit.describe();
}

fs::path NightSite::objectPlace(const std::string& code) const {
  const CommandResult shown = sohoa({"--json", "show", code});
  require(shown);
  return json::parse(shown.out).at("place").get<std::string>();
}

std::vector<json> jsonLines(const std::string& output) {
  std::vector<json> lines;
  for (std::size_t start = 0; start < output.size();) {
    const std::size_t end = std::min(output.find('\n', start), output.size());
    if (end > start) lines.push_back(json::parse(output.substr(start, end - start)));
    start = end + 1;
  }
  return lines;
}

NightOutput nightOutput(CommandResult result) {
  auto lines = jsonLines(result.out);
  return {std::move(result), std::move(lines)};
}

std::map<std::string, std::string> treeOf(const fs::path& folder) {
  std::map<std::string, std::string> tree;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const fs::file_status status = entry.symlink_status();
    if (fs::is_directory(status)) continue;
    const std::string kind = fs::is_symlink(status) ? "link" : "special";
    tree[entry.path().lexically_relative(folder).native()] =
        fs::is_regular_file(status) ? sha512OfFile(entry.path()).hex() : kind;
  }
  return tree;
}

std::multiset<std::string> contentsOf(const fs::path& folder) {
  std::multiset<std::string> hashes;
  for (const auto& [path, hash] : treeOf(folder)) hashes.insert(hash);
  return hashes;
}

std::multiset<std::string> contentsOutsideIntake(const NightSite& site) {
  std::multiset<std::string> hashes;
  for (const char* shelf : {"review", "quarantine", "state/processed"})
    hashes.merge(contentsOf(site / shelf));
  return hashes;
}

std::string brokenPromises(const NightSite& site, const NightOutput& night,
                           const std::multiset<std::string>& before) {
  std::string broken;
  const auto require = [&](bool holds, const std::string& what) {
    if (!holds) broken += what + "\n";
  };
  require(night.result.exitCode == 3, "exit code is not 3");
  require(night.count("filed") + night.count("held") + night.count("quarantined") ==
              night.count("received"),
          "filed + held + quarantined is not received");
  require(night.event("summary").at("balances").get<bool>(),
          "the summary says that it does not balance");
  const auto after = contentsOutsideIntake(site);
  for (const std::string& hash : before)
    require(after.count(hash) >= before.count(hash), "lost: " + hash);

  const json status = json::parse(site.sohoa({"--json", "--lang", "en", "status"}).out);
  for (const json& line : night.lines) {
    if (line.value("event", "") != "decided" || line.at("outcome") == "filed") continue;
    const std::string folder = line.at("folder"), code = line.at("dossier"),
                      name = line.at("cause");
    const auto cause = causeFromCode(name);
    require(cause.has_value(), folder + ": no cause is named " + name);
    if (!cause) continue;
    const std::string vi(reasonOf(*cause, Language::vi)), en(reasonOf(*cause, Language::en));
    require(line.at("reason") == vi, folder + ": no Vietnamese reason");
    bool english = false;
    for (const json& waiting : status.at("waiting")) {
      english = english || (waiting.at("dossier") == code && waiting.at("cause") == name &&
                            waiting.at("reason").get<std::string>().starts_with(en));
    }
    require(english, folder + ": status gives no English reason");
    if (line.at("outcome") == "held") {
      require(fs::exists(site / "review" / code / "scans"),
              folder + ": held, but not on the review shelf");
    }
  }
  return broken.empty() ? broken : broken + night.describe();
}

}  // namespace sohoa::test
