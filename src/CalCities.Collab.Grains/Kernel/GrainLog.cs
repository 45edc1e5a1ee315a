namespace CalCities.Collab.Kernel;

/// <summary>What every aggregate's grain needs of its host: the log, its one append channel, the kinds and the snapshots.</summary>
internal sealed class GrainLog;
