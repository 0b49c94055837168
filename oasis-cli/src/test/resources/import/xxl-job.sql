-- MySQL dump 10.13  Distrib 8.0.36
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
DROP TABLE IF EXISTS `xxl_job_group`;
CREATE TABLE `xxl_job_group` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `app_name` varchar(64) NOT NULL COMMENT 'name, (of the) "executor"; yes',
  `title` varchar(12) NOT NULL,
  `address_type` tinyint(4) NOT NULL DEFAULT '0',
  `address_list` text,
  `update_time` datetime DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=3;
INSERT INTO `xxl_job_group` VALUES (1,'shop-executor','商城',0,NULL,'2024-01-01 00:00:00'),(2,'Data_Executor','数据',1,'http://10.0.0.1:9999','2024-01-01 00:00:00');
# a comment; with a semicolon
INSERT INTO `xxl_job`.`xxl_job_info` (`id`,`job_group`,`job_desc`,`author`,`alarm_email`,`schedule_type`,`schedule_conf`,`misfire_strategy`,`executor_route_strategy`,`executor_handler`,`executor_param`,`executor_block_strategy`,`executor_timeout`,`executor_fail_retry_count`,`glue_type`,`glue_source`,`glue_remark`,`child_jobid`,`trigger_status`,`trigger_last_time`,`trigger_next_time`) VALUES
(1,1,'每日清算','XXL','a@example.com, b@example.com','CRON','0 30 2 * * ?','FIRE_ONCE_NOW','ROUND','settleHandler','it''s \"x\"; DROP TABLE y;','SERIAL_EXECUTION',600,3,'BEAN','','','2,3',1,1700000000000,1700086400000),
(2,1,'last Friday','li',NULL,'CRON','0 0 22 ? * 6L','DO_NOTHING','FIRST','fridayHandler',NULL,'DISCARD_LATER',0,0,'BEAN','',NULL,'',0,0,0),
(3,2,'shell','ops',NULL,'FIX_RATE','30','DO_NOTHING','SHARDING_BROADCAST','',' a b','COVER_EARLY',0,0,'GLUE_SHELL','#!/bin/bash\necho \"hello $1\"\n','v1','',1,1763776800000,1763776830000),
(4,2,'groovy','ops',NULL,'NONE','','DO_NOTHING','BUSYOVER','','','SERIAL_EXECUTION',0,0,'GLUE_GROOVY','package x;\nclass Y {}','v1','',1,0,0),
(5,2,'never','ops',NULL,'CRON','0 0 0 30 2 ?','DO_NOTHING','RANDOM','never','','SERIAL_EXECUTION',0,0,'BEAN','','','',1,0,0),
(6,2,'broken','ops',NULL,'CRON','0 0 0 * * *','DO_NOTHING','RANDOM','broken','','SERIAL_EXECUTION',0,0,'BEAN','','','',1,0,0);
/* INSERT INTO `xxl_job_info` VALUES ('not a row'); */
