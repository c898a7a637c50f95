#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/result.h"
#include "pdf/incoming/incoming.h"
#include "pipeline/batch/batch.h"

/// Values of the pipeline as JSON, for the worker protocol and for files in state/. Names and paths
/// may be arbitrary bytes, but JSON holds UTF-8 only: they are written in hexadecimal
/// (core/bytes/hex.h). The ...From functions throw nlohmann::json::exception on text that was not
/// written here.
namespace sohoa::wire {

nlohmann::json write(const ItemError& error);
ItemError itemErrorFrom(const nlohmann::json& json);

nlohmann::json write(const IncomingFile& file);
IncomingFile incomingFileFrom(const nlohmann::json& json);

nlohmann::json write(const IntakeFile& file);
IntakeFile intakeFileFrom(const nlohmann::json& json);

nlohmann::json write(const IntakeItem& item);
IntakeItem intakeItemFrom(const nlohmann::json& json);

// Stacks (batch_json_stacks.cpp)
nlohmann::json write(const PageSigns& signs);
PageSigns pageSignsFrom(const nlohmann::json& from);
nlohmann::json write(const StackSource& source);
StackSource stackSourceFrom(const nlohmann::json& from);
nlohmann::json write(const HeldStack& stack);
HeldStack heldStackFrom(const nlohmann::json& from);
nlohmann::json write(const DividedStack& stack);
DividedStack dividedStackFrom(const nlohmann::json& from);

}  // namespace sohoa::wire
