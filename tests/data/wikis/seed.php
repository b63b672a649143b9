<?php
// Fills a fresh MediaWiki in one go: accounts with bot passwords, interwiki links, pages. Reads JSON on standard input.
// Run by tests/mediawiki.py as: php seed.php  (MW_CONFIG_FILE names the wiki, MW_INSTALL_PATH the code)
require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

use MediaWiki\MediaWikiServices;

class Seed extends Maintenance {
	public function execute() {
		$given = json_decode( stream_get_contents( STDIN ), true );
		$services = MediaWikiServices::getInstance();
		$this->accounts( $given['accounts'], $services );
		$db = $this->getDB( DB_PRIMARY );
		foreach ( $given['interwiki'] as $prefix => $url ) {
			$row = [ 'iw_prefix' => $prefix, 'iw_url' => $url, 'iw_api' => '', 'iw_wikiid' => '', 'iw_local' => 1, 'iw_trans' => 0 ];
			$db->replace( 'interwiki', 'iw_prefix', $row, __METHOD__ );
		}
		$admin = User::newFromName( 'Admin' );
		foreach ( $given['pages'] as $title => $text ) {
			$page = $services->getWikiPageFactory()->newFromTitle( Title::newFromText( $title ) );
			$status = $page->doUserEditContent( ContentHandler::makeContent( $text, $page->getTitle() ), $admin, 'seed' );
			if ( !$status->isOK() ) {
				$this->fatalError( "$title: " . $status->getWikiText() );
			}
		}
		DeferredUpdates::doUpdates();
		$services->getJobRunner()->run( [ 'maxTime' => 5 ] );
		$this->output( "seeded\n" );
	}

	private function accounts( array $accounts, MediaWikiServices $services ) {
		foreach ( $accounts as $name => $account ) {
			$user = User::newFromName( $name );
			if ( !$user->isRegistered() ) {
				$user = User::createNew( $name );
			}
			foreach ( $account['groups'] as $group ) {
				$services->getUserGroupManager()->addUserToGroup( $user, $group );
			}
			$bot = BotPassword::newUnsaved( [ 'user' => $user, 'appId' => 'tests', 'grants' => $account['grants'] ] );
			$hash = $services->getPasswordFactory()->newFromPlaintext( $account['password'] );
			if ( !$bot->save( 'insert', $hash )->isGood() ) {
				$this->fatalError( "$name: no bot password" );
			}
		}
	}
}
$maintClass = Seed::class;
require_once RUN_MAINTENANCE_IF_MAIN;
