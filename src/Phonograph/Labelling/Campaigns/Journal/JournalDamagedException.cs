namespace Phonograph.Labelling.Campaigns.Journal;

/// <summary>The journal's file is not what the program wrote; nothing is lost, since it is made anew from the folders.</summary>
internal sealed class JournalDamagedException(string message, Exception? cause = null) : Exception(message, cause);
